package org.captionary.domain.caption;

import java.util.List;

/** No cleaning but what Keras's tokenizer does to every text. */
final class KerasCleaning implements TextCleaning {

  private final Graphemes graphemes = new Graphemes();

  @Override
  public String whole(String text) {
    return KerasTokenizer.filtered(text);
  }

  @Override
  public List<String> split(String whole) {
    return KerasTokenizer.split(whole);
  }

  @Override
  public String token(String token) {
    return token;
  }

  @Override
  public int length(String token) {
    return graphemes.count(token);
  }

  @Override
  public boolean isLetters(String token) {
    return UnicodeCleaning.areLetters(token);
  }
}
