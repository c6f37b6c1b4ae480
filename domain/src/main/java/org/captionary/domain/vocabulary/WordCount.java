package org.captionary.domain.vocabulary;

/**
 * A word of a vocabulary.
 *
 * @param count how often it stands in the captions fitted on (Keras {@code word_counts})
 * @param captions in how many of them it stands (Keras {@code word_docs})
 */
public record WordCount(String word, long count, long captions) {}
