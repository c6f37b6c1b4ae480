package org.captionary.domain.vocabulary;

/**
 * A vocabulary and the length that sequences are padded to.
 *
 * @param maxLength tokens of the longest caption fitted on, start and end words included; 0 if all
 *     are empty
 */
public record FittedVocabulary(Vocabulary vocabulary, int maxLength) {}
