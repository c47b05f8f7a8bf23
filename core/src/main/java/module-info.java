/** Loss functions with value and exact gradient together; framework-free. */
module org.perdita {
  requires static org.jspecify;

  exports org.perdita;
  exports org.perdita.adversarial;
  exports org.perdita.classification;
  exports org.perdita.detection;
  exports org.perdita.segmentation;
  exports org.perdita.matting;
  exports org.perdita.perceptual;
}
