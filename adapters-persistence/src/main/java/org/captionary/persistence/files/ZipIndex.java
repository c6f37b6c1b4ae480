package org.captionary.persistence.files;

import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.UnreadablePhotoException;

/**
 * Where an archive's files lie: about 200 bytes a member.
 *
 * @param names in the order of code points, those of bad members among them
 * @param members by name
 * @param faults why members are bad, by name
 */
record ZipIndex(List<String> names, Map<String, ZipMember> members, Map<String, String> faults) {

  ZipMember find(String name) throws UnreadablePhotoException {
    ZipMember member = members.get(name);
    if (member == null) {
      throw new UnreadablePhotoException(
          faults.getOrDefault(name, "the archive has no file of this name"));
    }
    return member;
  }
}
