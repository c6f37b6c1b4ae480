package org.captionary.domain.caption;

/** The key under which the rows of one preparation are kept, from its first clean caption on. */
public record PreparationKey(long value) {}
