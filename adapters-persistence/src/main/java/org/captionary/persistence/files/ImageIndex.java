package org.captionary.persistence.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.photo.PhotoId;

/**
 * The photos of a file's images, by the images' ids. An open hash table over pages of bytes, in
 * which an entry is a key and a photo's id, each UTF-8 behind a byte with its length.
 *
 * <p>Takes the bytes of both, 2 more, and 8 to 16 of the table (24 while that grows): for COCO's
 * images of 2014, whose names have 25 characters and ids 6, 41 to 49 bytes an image.
 */
final class ImageIndex {

  /** Small enough that G1 does not give each page regions of its own, which doubles the memory. */
  private static final int PAGE_BITS = 16;

  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MOST_PAGES = 1 << (31 - PAGE_BITS);

  private final List<byte[]> pages = new ArrayList<>();
  private int used = PAGE;
  private int size;

  /** The places of entries plus 1, at or behind the place of their keys' hash; 0 is free. */
  private int[] table = new int[1 << 4];

  /**
   * Adds an image.
   *
   * @return false if the key is another photo's
   */
  boolean add(String key, PhotoId photo) throws BadRowException {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    if (keyBytes.length > 255) {
      throw new BadRowException("the image's id is longer than 255 bytes");
    }
    int slot = slot(keyBytes);
    if (table[slot] != 0) {
      return photo.equals(photo(table[slot] - 1));
    }
    table[slot] = append(keyBytes, photo.value().getBytes(StandardCharsets.UTF_8)) + 1;
    if (2 * ++size > table.length) {
      grow();
    }
    return true;
  }

  Optional<PhotoId> find(String key) {
    int entry = table[slot(key.getBytes(StandardCharsets.UTF_8))];
    return entry == 0 ? Optional.empty() : Optional.of(photo(entry - 1));
  }

  /** Where the key is, or would be. */
  private int slot(byte[] key) {
    int slot = hash(key, 0, key.length);
    while (table[slot] != 0 && !isAt(table[slot] - 1, key)) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    return (hash ^ hash >>> 16) & table.length - 1;
  }

  private boolean isAt(int entry, byte[] key) {
    byte[] page = page(entry);
    int start = start(entry);
    int end = start + 1 + (page[start] & 0xFF);
    return Arrays.equals(page, start + 1, end, key, 0, key.length);
  }

  private PhotoId photo(int entry) {
    byte[] page = page(entry);
    int at = start(entry);
    at += 1 + (page[at] & 0xFF);
    return new PhotoId(new String(page, at + 1, page[at] & 0xFF, StandardCharsets.UTF_8));
  }

  private int append(byte[] key, byte[] photo) throws BadRowException {
    int length = key.length + photo.length + 2;
    if (used + length > PAGE) {
      if (pages.size() == MOST_PAGES) {
        throw new BadRowException("the images' ids and names take more than 2 GiB");
      }
      pages.add(new byte[PAGE]);
      used = 0;
    }
    int entry = (pages.size() - 1 << PAGE_BITS) + used;
    put(key);
    put(photo);
    return entry;
  }

  private void put(byte[] text) {
    byte[] page = pages.get(pages.size() - 1);
    page[used] = (byte) text.length;
    System.arraycopy(text, 0, page, used + 1, text.length);
    used += 1 + text.length;
  }

  private void grow() {
    int[] old = table;
    table = new int[2 * old.length];
    for (int entry : old) {
      if (entry != 0) {
        table[free(entry - 1)] = entry;
      }
    }
  }

  private int free(int entry) {
    byte[] page = page(entry);
    int start = start(entry);
    int slot = hash(page, start + 1, start + 1 + (page[start] & 0xFF));
    while (table[slot] != 0) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private byte[] page(int entry) {
    return pages.get(entry >>> PAGE_BITS);
  }

  private static int start(int entry) {
    return entry & PAGE - 1;
  }
}
