package org.perdita.cluster;

import java.io.Serializable;
import java.util.function.Supplier;
import org.perdita.lab.Experiments;

/** The experiments, wherever it is asked for them. */
interface Shelf extends Supplier<Experiments>, Serializable {}
