/** Perdita's losses as losses of the Deep Java Library. */
module org.perdita.djl {
  requires transitive org.perdita;
  requires transitive ai.djl.api;
  requires static org.jspecify;

  exports org.perdita.djl;
}
