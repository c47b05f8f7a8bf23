/**
 * The noisy-label line: networks trained on labels some of which are wrong, with the bi-tempered
 * logistic loss against the logistic loss, measured on clean labels.
 */
@NullMarked
package org.perdita.lab.noisy;

import org.jspecify.annotations.NullMarked;
