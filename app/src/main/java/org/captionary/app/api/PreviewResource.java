package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.captionary.app.door.Roles;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;
import org.captionary.domain.preparation.RecipePreviews;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Recipes tried on a data set's text, without a job. One at a time, as each holds a processor for
 * as long as it takes, and a vocabulary.
 */
@Singleton
@Path("/api/datasets/{name}/recipes/preview")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TRAINER)
public class PreviewResource {

  private static final String RECIPE = "recipe";

  private final RecipePreviews previews;
  private final DatasetFinder datasets;
  private final Semaphore turn = new Semaphore(1);

  PreviewResource(RecipePreviews previews, DatasetFinder datasets) {
    this.previews = previews;
    this.datasets = datasets;
  }

  /**
   * Tries a recipe on the text of the last import.
   *
   * @param body a recipe's fields, or {@code {"recipe": {...}}} with them; those left out are the
   *     tutorial's
   */
  @POST
  public PreviewView preview(@RestPath String name, Map<String, Object> body) {
    Dataset dataset = datasets.find(name);
    Recipe recipe = recipe(body);
    if (!turn.tryAcquire()) {
      throw ProblemException.of(
          ProblemType.UNAVAILABLE, "Another recipe is being tried; try again soon.");
    }
    try {
      return previews.preview(dataset, recipe).map(PreviewView::of).orElseThrow(() -> none(name));
    } finally {
      turn.release();
    }
  }

  /** 404 if the data set went meanwhile, else 409. */
  private ProblemException none(String name) {
    datasets.find(name);
    return ProblemException.conflict(
        "data set", name, "No import of this data set is complete: submit a job first");
  }

  private static Recipe recipe(Map<String, Object> body) {
    if (body == null) {
      throw ProblemException.badField(RECIPE, null, "a recipe as JSON");
    }
    try {
      return RecipeFields.read(fields(body));
    } catch (InvalidInputException e) {
      throw e.inside(RECIPE);
    }
  }

  /** Of the two forms that the body may have. */
  private static Map<String, Object> fields(Map<String, Object> body) {
    if (!body.containsKey(RECIPE)) {
      return body;
    }
    body.forEach((key, value) -> checkAlone(key, value));
    return inner(body.get(RECIPE));
  }

  private static void checkAlone(String key, Object value) {
    if (!key.equals(RECIPE)) {
      throw ProblemException.unknownField(key, value, List.of(RECIPE));
    }
  }

  /** Left out as null, it is the tutorial's, as for a job. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> inner(Object recipe) {
    if (recipe == null) {
      return Map.of();
    }
    if (recipe instanceof Map<?, ?> fields) {
      return (Map<String, Object>) fields;
    }
    throw ProblemException.badField(RECIPE, recipe, "a recipe as JSON");
  }
}
