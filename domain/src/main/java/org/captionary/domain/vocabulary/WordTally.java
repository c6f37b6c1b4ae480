package org.captionary.domain.vocabulary;

/**
 * A word as it stands in some captions.
 *
 * @param count how often it stands there
 * @param captions in how many of them it stands
 * @param firstCaption the ordinal, in dataset order, of the first of these
 * @param firstToken its place in that caption, from 0
 */
public record WordTally(
    String word, long count, long captions, long firstCaption, int firstToken) {}
