package org.captionary.persistence.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;

/**
 * Gathers what tells files apart without reading them: a role, a name, a size in bytes and a time
 * in seconds and nanoseconds, each ended by NUL, which no name can hold.
 */
final class Fingerprint {

  private final MessageDigest digest = ContentHash.newDigest();

  void add(String role, String name, FileStamp stamp) {
    Instant modified = stamp.modified();
    add(role, name, stamp.size() + "", modified.getEpochSecond() + "." + modified.getNano());
  }

  /** For what lies there and cannot be used. */
  void addUnreadable(String role, String name) {
    add(role, name, "", "");
  }

  ContentHash finish() {
    return ContentHash.ofDigest(digest.digest());
  }

  private void add(String... fields) {
    digest.update((String.join("\0", fields) + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
