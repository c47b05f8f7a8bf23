/**
 * Why our numbers differ from other libraries', and how to get theirs: code that runs, each piece
 * held to a golden case of the library it speaks of. The penalties' need an engine, which
 * differentiates a critic; nothing else here does.
 */
@NullMarked
package org.perdita.lab.parity;

import org.jspecify.annotations.NullMarked;
