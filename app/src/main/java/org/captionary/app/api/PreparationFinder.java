package org.captionary.app.api;

import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;

/** Finds preparations by the id in an address, and keeps the last used: they never change. */
@Singleton
class PreparationFinder {

  private static final int KEPT = 256;

  private final PreparationRepository preparations;
  private final Map<String, Preparation> kept = Collections.synchronizedMap(new LastUsed());

  PreparationFinder(PreparationRepository preparations) {
    this.preparations = preparations;
  }

  /**
   * @throws ProblemException 404 if there is none
   */
  Preparation find(String id) {
    Preparation found = kept.get(id);
    if (found == null) {
      found = load(id).orElseThrow(() -> ProblemException.notFound("preparation", id));
      kept.put(id, found);
    }
    return found;
  }

  private Optional<Preparation> load(String id) {
    try {
      return preparations.byId(new PreparationId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class LastUsed extends LinkedHashMap<String, Preparation> {

    LastUsed() {
      super(KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Preparation> eldest) {
      return size() > KEPT;
    }
  }
}
