package org.captionary.inference.download;

import java.net.URI;

/**
 * Where a file can be had.
 *
 * @param fileName the name that it gets here
 */
record Source(URI address, String fileName, Checksum checksum) {}
