package org.captionary.persistence.files;

import java.util.Optional;

/**
 * A line of a text file.
 *
 * @param number from 1
 * @param text without line end; bytes that are not UTF-8 stand as U+FFFD; of a line that is too
 *     long, the head
 * @param fault why the line cannot be used, for people
 */
record Line(long number, String text, Optional<String> fault) {}
