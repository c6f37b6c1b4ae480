package org.captionary.persistence.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.DatasetFiles.CaptionSink;
import org.captionary.domain.preparation.RejectedInput;

/** Gathers an index; what is wrong with captions is said when captions are read. */
final class ShardIndexing implements Samples.Sink {

  private final Map<String, ShardIndex.Place> places = new HashMap<>();
  private final Map<String, String> faults = new HashMap<>();
  private final Set<Split> splits = new HashSet<>();

  @Override
  public void photo(Shard shard, String name, long offset, long size) {
    places.put(name, new ShardIndex.Place(shard, offset, size));
  }

  @Override
  public void captions(PhotoId photo, CaptionMember member) {
    if (member.kind() == CaptionMember.Kind.JSON) {
      CaptionMembers.read(photo, member, new SplitsOnly());
    }
  }

  @Override
  public void badPhoto(String source, String reason) {
    faults.put(source, reason);
  }

  @Override
  public void badCaption(String source, String reason) {}

  ShardIndex finish() {
    List<String> names = new ArrayList<>(places.keySet());
    names.addAll(faults.keySet());
    return new ShardIndex(List.copyOf(PhotoFolder.ordered(names)), places, faults, splits);
  }

  private final class SplitsOnly implements CaptionSink {

    @Override
    public void caption(PhotoId photo, OptionalInt number, String text) {}

    @Override
    public void split(PhotoId photo, Split split, String source, long line, String text) {
      splits.add(split);
    }

    @Override
    public void encoding(String source, String encoding) {}

    @Override
    public void rejected(RejectedInput row) {}
  }
}
