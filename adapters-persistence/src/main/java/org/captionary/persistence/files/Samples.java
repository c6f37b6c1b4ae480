package org.captionary.persistence.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.photo.PhotoId;

/**
 * Puts members that stand together and share a key, the name up to the first dot of its last
 * segment, together to samples. A key that comes again has stood elsewhere: the first place counts.
 * Members of other endings, and names without a key, are no part of what is read here.
 *
 * <p>Holds about 100 bytes for each key while it reads.
 */
final class Samples implements TarMembers.Sink {

  private static final Set<String> PHOTO_ENDINGS =
      Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif");
  private static final int LONGEST_KEY = 255;

  private final Sink sink;
  private final Set<String> keys = new HashSet<>();
  private final Set<String> endings = new HashSet<>();
  private Shard shard;
  private String key = "";
  private Optional<String> fault = Optional.empty();
  private Optional<CaptionMember> captions = Optional.empty();

  Samples(Sink sink) {
    this.sink = sink;
  }

  /** Takes samples in dataset order. */
  interface Sink {

    void photo(Shard shard, String name, long offset, long size);

    void captions(PhotoId photo, CaptionMember member);

    /**
     * @param source shard and name
     */
    void badPhoto(String source, String reason);

    /**
     * @param source shard and name
     */
    void badCaption(String source, String reason);
  }

  /**
   * Reads the next shard; the last sample of the one before ends.
   *
   * @throws IOException as {@link TarMembers#read}
   */
  void read(Shard next, InputStream in) throws IOException {
    end();
    shard = next;
    TarMembers.read(next, in, this);
    end();
  }

  @Override
  public void member(String name, long offset, long size, InputStream content) throws IOException {
    String ending = ending(name);
    if (ending.isEmpty()) {
      return;
    }
    turnTo(name.substring(0, name.length() - ending.length() - 1));
    String lower = ending.toLowerCase(Locale.ROOT);
    Optional<CaptionMember.Kind> kind = CaptionMember.Kind.byEnding(lower);
    if (!PHOTO_ENDINGS.contains(lower) && kind.isEmpty()) {
      return;
    }
    Optional<String> reason = endings.add(ending) ? fault : Optional.of("its name comes twice");
    if (reason.isPresent()) {
      fault(name, reason.get());
    } else if (kind.isEmpty()) {
      sink.photo(shard, name, offset, size);
    } else {
      prefer(name, kind.get(), size, content);
    }
  }

  @Override
  public void fault(String name, String reason) {
    String source = name.isEmpty() ? shard.name() : shard.member(name);
    String ending = ending(name).toLowerCase(Locale.ROOT);
    if (CaptionMember.Kind.byEnding(ending).isPresent()) {
      sink.badCaption(source, reason);
    } else {
      sink.badPhoto(source, reason);
    }
  }

  private void turnTo(String next) {
    if (!next.equals(key)) {
      end();
      key = next;
      fault = faultOfKey();
    }
  }

  private Optional<String> faultOfKey() {
    if (key.length() > LONGEST_KEY) {
      return Optional.of("its key is longer than " + LONGEST_KEY + " characters");
    }
    return keys.add(key)
        ? Optional.empty()
        : Optional.of("other members of its key stand elsewhere before");
  }

  private void prefer(String name, CaptionMember.Kind kind, long size, InputStream content)
      throws IOException {
    if (size > CaptionMember.LARGEST) {
      fault(name, "larger than " + CaptionMember.LARGEST + " bytes");
    } else if (captions.isEmpty() || kind.compareTo(captions.get().kind()) < 0) {
      byte[] bytes = content.readNBytes((int) size);
      captions = Optional.of(new CaptionMember(shard.member(name), kind, bytes));
    }
  }

  private void end() {
    captions.ifPresent(member -> sink.captions(new PhotoId(key), member));
    captions = Optional.empty();
    endings.clear();
    key = "";
  }

  /** What stands behind the key's dot; empty if there is no key. */
  private static String ending(String name) {
    int last = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', last);
    return dot < 0 || name.substring(last, dot).isBlank() ? "" : name.substring(dot + 1);
  }
}
