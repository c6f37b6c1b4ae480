package org.captionary.persistence.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;

/**
 * Hands captions on, and gathers their hash: SHA-256 over, for each member that is read, its key, a
 * NUL, its length in decimal digits, a NUL, and its bytes.
 */
final class CaptionReading implements Samples.Sink {

  private final CaptionSink sink;
  private final MessageDigest digest = ContentHash.newDigest();

  CaptionReading(CaptionSink sink) {
    this.sink = sink;
  }

  @Override
  public void photo(Shard shard, String name, long offset, long size) {}

  @Override
  public void captions(PhotoId photo, CaptionMember member) {
    String head = photo + "\0" + member.bytes().length + "\0";
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    digest.update(member.bytes());
    CaptionMembers.read(photo, member, sink);
  }

  @Override
  public void badPhoto(String source, String reason) {}

  @Override
  public void badCaption(String source, String reason) {
    sink.rejected(CaptionMembers.rejected(source, 1, "", reason));
  }

  ContentHash finish() {
    return ContentHash.ofDigest(digest.digest());
  }
}
