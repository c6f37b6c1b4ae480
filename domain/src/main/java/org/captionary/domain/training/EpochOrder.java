package org.captionary.domain.training;

import org.captionary.domain.InvalidInputException;

/**
 * The order of an epoch: a pure function of the counts of what is ordered, the seed and the epoch.
 * Any place of it is computed by itself; no list of the epoch is made.
 *
 * @param seed any
 * @param epoch 0 or more
 */
public record EpochOrder(Shuffle shuffle, long seed, long epoch) {

  /** What changes its place from epoch to epoch. */
  public enum Shuffle {
    /** Nothing: photos by id, a photo's captions in dataset order. */
    NONE,
    /** Captions, the examples of each staying together. */
    CAPTIONS,
    /** Examples, each for itself; for model {@code sequence} the same as captions. */
    EXAMPLES
  }

  public static final EpochOrder PLAIN = new EpochOrder(Shuffle.NONE, 0, 0);

  /**
   * @throws InvalidInputException on field {@code epoch}
   */
  public EpochOrder {
    if (epoch < 0) {
      throw new InvalidInputException("epoch", epoch, "a whole number from 0 to " + Long.MAX_VALUE);
    }
  }

  public boolean isShuffled() {
    return shuffle != Shuffle.NONE;
  }

  /**
   * What the orders of one seed and epoch are drawn from. Mixed one after the other: with a sum,
   * the epochs of neighbouring seeds would be the same but for one.
   */
  long key() {
    return Mix.mix(Mix.mix(seed) + epoch);
  }
}
