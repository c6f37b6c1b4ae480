package org.captionary.domain.vocabulary;

/** What {@code keras.preprocessing.text.Tokenizer} is built with unless told otherwise. */
public final class KerasTokenizer {

  /** Characters that Keras turns into the split character. */
  public static final String FILTERS = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n";

  /** What Keras splits texts at. */
  public static final String SPLIT = " ";

  private KerasTokenizer() {}
}
