/** Perdita's curved losses as objectives of XGBoost. */
module org.perdita.xgboost {
  requires transitive org.perdita;
  requires transitive ml.dmlc.xgboost4j;
  requires static org.jspecify;

  exports org.perdita.xgboost;
}
