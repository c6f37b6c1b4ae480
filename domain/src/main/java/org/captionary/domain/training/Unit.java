package org.captionary.domain.training;

/** What is numbered, from 0, over all photos that can be served and within each split. */
public enum Unit {
  /** Photos. */
  PHOTO,
  /** Photos that have at least one example. */
  PHOTO_WITH_EXAMPLES,
  /** Captions, emptied ones included. */
  CAPTION,
  /** Examples of model {@code word}. */
  EXAMPLE
}
