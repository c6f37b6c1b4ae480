package org.captionary.persistence.files;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Where the photos of shards lie: about 200 bytes a photo, nothing for other members.
 *
 * @param names in the order of code points, those of bad members among them
 * @param places by name
 * @param faults why members are bad, by name
 * @param splits that samples tell of
 */
record ShardIndex(
    List<String> names, Map<String, Place> places, Map<String, String> faults, Set<Split> splits) {

  /** A photo's bytes. */
  record Place(Shard shard, long offset, long size) {}

  Place find(String name) throws UnreadablePhotoException {
    Place place = places.get(name);
    if (place == null) {
      throw new UnreadablePhotoException(
          faults.getOrDefault(name, "the shards have no photo of this name"));
    }
    return place;
  }
}
