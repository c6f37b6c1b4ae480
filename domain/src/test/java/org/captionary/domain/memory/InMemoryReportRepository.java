package org.captionary.domain.memory;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.memory.Store.InSnapshot;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.ImportReport;
import org.captionary.domain.preparation.ImportReport.Listed;
import org.captionary.domain.preparation.ImportReport.Rejected;
import org.captionary.domain.preparation.ImportedPhoto;
import org.captionary.domain.preparation.ReportRepository;
import org.captionary.domain.preparation.Snapshot;

record InMemoryReportRepository(Store store) implements ReportRepository {

  @Override
  public void noteText(SnapshotId snapshot, TextAccount account) {
    store.accounts.put(snapshot, account);
  }

  @Override
  public ImportReport report(SnapshotId snapshot) {
    List<Caption> captions = rows(store.captions, snapshot).toList();
    List<ImportedPhoto> photos = rows(store.imported, snapshot).toList();
    TreeSet<PhotoId> described =
        captions.stream().map(Caption::photo).collect(toCollection(TreeSet::new));
    TreeSet<PhotoId> usable =
        photos.stream().map(ImportedPhoto::id).collect(toCollection(TreeSet::new));
    Optional<TextAccount> text = store.accounts.find(snapshot);
    return new ImportReport(
        text.map(account -> OptionalLong.of(account.captionRows())).orElse(OptionalLong.empty()),
        captions.size(),
        captions.stream().filter(caption -> caption.text().isBlank()).count(),
        captions.size()
            - captions.stream().map(c -> List.of(c.photo(), c.text())).distinct().count(),
        described.size(),
        photos.size(),
        photos.size() - contents(photos).size(),
        listed(usable, described),
        listed(described, usable),
        new TreeMap<>(rows(store.splits, snapshot).collect(groupingBy(Split::name, counting()))),
        rejected(snapshot),
        shared(snapshot, photos),
        emptyAfterCleaning(snapshot),
        text.map(TextAccount::encodings).orElseGet(TreeMap::new));
  }

  private static Set<ContentHash> contents(Collection<ImportedPhoto> photos) {
    return photos.stream().map(ImportedPhoto::content).collect(toCollection(HashSet::new));
  }

  private static Listed listed(Set<PhotoId> photos, Set<PhotoId> but) {
    List<PhotoId> left = photos.stream().filter(photo -> !but.contains(photo)).toList();
    return new Listed(left.size(), left.stream().limit(ImportReport.LISTED).toList());
  }

  private List<Rejected> rejected(SnapshotId snapshot) {
    List<Rejected> all =
        rows(store.rejected, snapshot)
            .collect(groupingBy(row -> Map.entry(row.kind(), row.beginning()), counting()))
            .entrySet()
            .stream()
            .map(e -> new Rejected(e.getKey().getKey(), e.getKey().getValue(), e.getValue()))
            .sorted(
                Comparator.comparing(Rejected::count, Comparator.reverseOrder())
                    .thenComparing(row -> row.kind().id())
                    .thenComparing(Rejected::reason))
            .toList();
    return ReportRepository.withoutTail(all);
  }

  private SortedMap<String, Long> shared(SnapshotId snapshot, List<ImportedPhoto> photos) {
    String own = store.snapshots.find(snapshot).orElseThrow().snapshot().dataset();
    SortedMap<String, Long> shared = new TreeMap<>();
    for (String other : store.datasets.keys().filter(name -> !name.equals(own)).toList()) {
      new InMemorySnapshotRepository(store)
          .latestComplete(other)
          .map(Snapshot::id)
          .map(id -> contents(rows(store.imported, id).toList()))
          .map(found -> photos.stream().filter(p -> found.contains(p.content())).count())
          .filter(count -> count > 0)
          .ifPresent(count -> shared.put(other, count));
    }
    return shared;
  }

  private SortedMap<String, Long> emptyAfterCleaning(SnapshotId snapshot) {
    SortedMap<String, Long> empty = new TreeMap<>();
    Snapshot asked = store.snapshots.find(snapshot).orElseThrow().snapshot();
    store
        .jobs
        .rows()
        .filter(row -> row.job().snapshot().filter(id -> isSame(id, asked)).isPresent())
        .flatMap(row -> row.job().preparation().stream())
        .flatMap(id -> new InMemoryPreparationRepository(store).byId(id).stream())
        .forEach(found -> empty.put(found.id().value(), found.emptyCaptions()));
    return empty;
  }

  /** Whether they are complete and found the same. */
  private boolean isSame(SnapshotId id, Snapshot asked) {
    Snapshot other = store.snapshots.find(id).orElseThrow().snapshot();
    return asked.content().isPresent()
        && other.content().equals(asked.content())
        && other.dataset().equals(asked.dataset());
  }

  private static <K, V> Stream<V> rows(Table<InSnapshot<K>, V> table, SnapshotId snapshot) {
    return table
        .entries()
        .filter(entry -> entry.getKey().snapshot().equals(snapshot))
        .map(Map.Entry::getValue);
  }
}
