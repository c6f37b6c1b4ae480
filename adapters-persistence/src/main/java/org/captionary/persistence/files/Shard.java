package org.captionary.persistence.files;

import java.nio.file.Path;
import org.captionary.domain.preparation.DatasetFiles.FileStamp;

/**
 * A tar archive that holds a part of a data set.
 *
 * @param name of the file
 */
record Shard(String name, Path real, FileStamp stamp) {

  /** How a member is called where members of several shards may be meant. */
  String member(String memberName) {
    return name + "/" + MemberNames.shown(memberName);
  }
}
