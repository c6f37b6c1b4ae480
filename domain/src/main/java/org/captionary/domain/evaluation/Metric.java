package org.captionary.domain.evaluation;

import java.util.Arrays;
import java.util.Optional;

/** A number that says how near a caption is to those that people wrote of the same photo. */
public enum Metric {
  BLEU_1("bleu1"),
  BLEU_2("bleu2"),
  BLEU_3("bleu3"),
  BLEU_4("bleu4"),
  ROUGE_L("rougeL"),
  CIDER_D("ciderD"),
  /** A variant of METEOR, with its exact and stem modules alone. */
  METEOR("meteorExactStem");

  private final String id;

  Metric(String id) {
    this.id = id;
  }

  /** Its name on the wire and in storage. */
  public String id() {
    return id;
  }

  public static Optional<Metric> byId(String id) {
    return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
  }
}
