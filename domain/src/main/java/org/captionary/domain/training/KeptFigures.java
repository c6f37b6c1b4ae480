package org.captionary.domain.training;

/**
 * How what is kept in memory is of use.
 *
 * @param hits how often something was there since the start
 * @param misses how often it had to be asked of the repository
 * @param bytes about what is kept now
 */
public record KeptFigures(long hits, long misses, long bytes) {}
