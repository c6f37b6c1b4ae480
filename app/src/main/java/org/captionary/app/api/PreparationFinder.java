package org.captionary.app.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.captionary.app.problem.ProblemException;
import org.captionary.app.problem.ProblemType;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.training.IncompletePreparationException;

/**
 * Finds preparations by the id in an address, and keeps the last used for a moment: they never
 * change, but may be deleted, here or on another node, and made anew under the same id.
 */
@Singleton
class PreparationFinder {

  private static final int KEPT = 256;

  /** How long a node may go on serving what another one has deleted. */
  static final Duration MOMENT = Duration.ofSeconds(2);

  private final PreparationRepository preparations;
  private final InstantSource clock;
  private final Map<String, Found> kept = Collections.synchronizedMap(new LastUsed());

  PreparationFinder(PreparationRepository preparations, InstantSource clock) {
    this.preparations = preparations;
    this.clock = clock;
  }

  private record Found(Preparation preparation, Instant at) {

    boolean isFresh(Instant now) {
      return Duration.between(at, now).abs().compareTo(MOMENT) < 0;
    }
  }

  /**
   * @throws ProblemException 404 if there is none
   */
  Preparation find(String id) {
    Instant now = clock.instant();
    Found found = kept.get(id);
    if (found != null && found.isFresh(now)) {
      return found.preparation();
    }
    Preparation loaded = load(id).orElseThrow(() -> absent(id));
    kept.put(id, new Found(loaded, now));
    return loaded;
  }

  /**
   * As {@link #find}, but what was kept for longer is given while the database is away: nothing is
   * deleted then, and all that is asked of it may be in memory.
   */
  private Preparation findKept(String id) {
    Found known = kept.get(id);
    try {
      return find(id);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      if (known == null) {
        throw e;
      }
      return known.preparation();
    }
  }

  private static ProblemException absent(String id) {
    return ProblemException.notFound("preparation", id);
  }

  /** Forgets what it may have kept, as it was deleted. */
  void forget(String id) {
    kept.remove(id);
  }

  /** Forgets all that it may have kept, as a data set was deleted with its preparations. */
  void forgetAll() {
    kept.clear();
  }

  /**
   * Answers from a preparation; once more if it is deleted and made anew meanwhile.
   *
   * @throws ProblemException 404 if there is none, or no longer
   */
  <T> T answer(String id, Function<Preparation, T> work) {
    return answer(id, find(id), work);
  }

  /** As {@link #answer(String, Function)}, from what {@link #findKept} gives. */
  <T> T answerFromKept(String id, Function<Preparation, T> work) {
    return answer(id, findKept(id), work);
  }

  private <T> T answer(String id, Preparation found, Function<Preparation, T> work) {
    try {
      return work.apply(found);
    } catch (IncompletePreparationException e) {
      return work.apply(successor(id, found, e).orElseThrow(() -> absent(id)));
    }
  }

  /**
   * A body that is read while it is written. If its preparation is deleted meanwhile, it ends with
   * a problem: 404, or 503 if there is another by now; the connection breaks if a part was sent.
   */
  StreamingOutput body(Preparation preparation, StreamingOutput body) {
    String id = preparation.id().value();
    return out -> {
      try {
        body.write(out);
      } catch (IncompletePreparationException e) {
        throw successor(id, preparation, e).isPresent()
            ? ProblemException.of(
                ProblemType.UNAVAILABLE, "The preparation was made anew meanwhile.")
            : absent(id);
      }
    };
  }

  /**
   * What has the id now.
   *
   * @throws IncompletePreparationException if it is the same that has not all its rows
   */
  private Optional<Preparation> successor(
      String id, Preparation before, IncompletePreparationException fault) {
    forget(id);
    Optional<Preparation> now = load(id);
    if (now.isPresent() && now.get().key().equals(before.key())) {
      throw fault;
    }
    return now;
  }

  private Optional<Preparation> load(String id) {
    return PreparationId.isId(id) ? preparations.byId(new PreparationId(id)) : Optional.empty();
  }

  private static final class LastUsed extends LinkedHashMap<String, Found> {

    LastUsed() {
      super(KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
      return size() > KEPT;
    }
  }
}
