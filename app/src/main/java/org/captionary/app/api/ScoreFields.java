package org.captionary.app.api;

import java.util.Map;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.ScoreRequest;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;

/** Reads what scores are asked of. What is left out is null and has its default. */
final class ScoreFields {

  private ScoreFields() {}

  static ScoreRequest request(String split, String references, String tokenizer) {
    References text = references(references);
    if (text == References.CLEANED && tokenizer != null) {
      throw ProblemException.badField(
          "tokenizer", tokenizer, "nothing beside cleaned references, which the recipe cuts");
    }
    return new ScoreRequest(split(split), text, words(tokenizer));
  }

  private static Split split(String name) {
    try {
      return name == null ? Split.ALL : new Split(name);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badField("split", name, "all, or the name of a split");
    }
  }

  private static References references(String id) {
    return id == null
        ? References.RAW
        : References.byId(id)
            .orElseThrow(() -> ProblemException.badField("references", id, References.ids()));
  }

  private static Words words(String id) {
    return id == null
        ? Words.PTB
        : Words.byId(id).orElseThrow(() -> ProblemException.badField("tokenizer", id, Words.ids()));
  }

  static Annotators annotators(String id) {
    return id == null
        ? Annotators.EXPERT
        : Annotators.byId(id)
            .orElseThrow(() -> ProblemException.badField("judgements", id, Annotators.ids()));
  }

  static Map<String, String> candidates(Map<String, String> given) {
    if (given == null) {
      throw ProblemException.badField("candidates", null, "an object: a caption by photo id");
    }
    given.forEach(ScoreFields::checkGiven);
    return given;
  }

  private static void checkGiven(String photo, String candidate) {
    if (candidate == null) {
      throw ProblemException.badField("candidates." + photo, null, "a text");
    }
  }
}
