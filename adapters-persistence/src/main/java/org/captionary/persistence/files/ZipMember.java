package org.captionary.persistence.files;

import java.util.zip.ZipEntry;

/**
 * A file of a zip archive, as the archive's directory has it.
 *
 * @param header where its local header begins, in bytes from the archive's start
 * @param size unpacked, in bytes, as it is declared
 * @param stored whether it is not compressed
 * @param crc CRC-32 of the unpacked bytes
 */
record ZipMember(long header, long size, boolean stored, int crc) {

  static boolean isReadable(int method) {
    return method == ZipEntry.STORED || method == ZipEntry.DEFLATED;
  }
}
