/**
 * Detection data in the COCO format, and COCO's own measure of detections: read, checked and
 * evaluated. Knows no engine.
 */
@NullMarked
package org.perdita.lab.coco;

import org.jspecify.annotations.NullMarked;
