package org.captionary.domain.preparation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.ImportReport.Rejected;

/** Port: the accounts of imports. */
public interface ReportRepository {

  /** Keeps what only the reading itself can tell; in place of what was kept before. */
  void noteText(SnapshotId snapshot, TextAccount account);

  /** Sums up what an import has found so far. */
  ImportReport report(SnapshotId snapshot);

  /**
   * The first {@link ImportReport#REASONS}, and of each kind what is left as {@link
   * ImportReport#OTHER}.
   */
  static List<Rejected> withoutTail(List<Rejected> all) {
    if (all.size() <= ImportReport.REASONS) {
      return all;
    }
    List<Rejected> told = new ArrayList<>(all.subList(0, ImportReport.REASONS));
    all.subList(ImportReport.REASONS, all.size()).stream()
        .collect(groupingBy(Rejected::kind, TreeMap::new, summingLong(Rejected::count)))
        .forEach((kind, count) -> told.add(new Rejected(kind, ImportReport.OTHER, count)));
    return told;
  }

  /**
   * What the reading of the text files tells.
   *
   * @param captionRows as in {@link ImportReport}
   * @param encodings as in {@link ImportReport}
   */
  record TextAccount(long captionRows, SortedMap<String, String> encodings) {
    public TextAccount {
      encodings = new TreeMap<>(encodings);
    }

    public TextAccount(long captionRows, Map<String, String> encodings) {
      this(captionRows, new TreeMap<>(encodings));
    }
  }
}
