package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.Split;

/** Whether a data set can have the split that a recipe's vocabulary is fitted on. */
final class FitOn {

  private FitOn() {}

  /**
   * @throws InvalidInputException on field {@code recipe.fitOn}
   */
  static void check(List<DatasetFiles> formats, Dataset dataset, Recipe recipe) {
    List<String> allowed = new ArrayList<>(List.of(Split.ALL.name()));
    formats.stream()
        .filter(files -> files.format().equals(dataset.format()))
        .flatMap(files -> files.splits(dataset).stream())
        .forEach(split -> allowed.add(split.name()));
    if (!allowed.contains(recipe.fitOn().name())) {
      throw new InvalidInputException("recipe.fitOn", recipe.fitOn().name(), allowed);
    }
  }
}
