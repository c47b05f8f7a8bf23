/** Perdita's losses on libtorch's tensors, and what training a network from Java needs. */
module org.perdita.pytorch {
  requires transitive org.perdita;
  requires transitive org.bytedeco.pytorch;
  requires transitive org.bytedeco.javacpp;
  requires org.bytedeco.openblas;
  requires static org.jspecify;

  exports org.perdita.pytorch;
}
