package org.captionary.domain.preparation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;

/** Reads a data set's text files into a snapshot: captions first, then splits, then judgements. */
final class TextImport {

  private final Ports ports;
  private final SnapshotRepository snapshots;
  private final CaptionRepository captions;
  private final JudgementRepository judgements;
  private final JudgementImport judgementImport;

  TextImport(Ports ports) {
    this.ports = ports;
    this.snapshots = ports.snapshots();
    this.captions = ports.captions();
    this.judgements = ports.judgements();
    this.judgementImport = new JudgementImport(ports);
  }

  /** Reads everything anew: what an interrupted attempt left is taken away first. */
  void run(Dataset dataset, SnapshotId snapshot, ChunkCommit commit) {
    commit.part(
        () -> {
          snapshots.clearText(snapshot);
          judgements.clear(snapshot);
          captions.clear(snapshot);
        });
    TextReading reading = new TextReading(snapshot, commit);
    ContentHash captionFile = readCaptions(dataset, reading);
    SortedMap<String, ContentHash> splitFiles = new TreeMap<>();
    for (String name : dataset.splits().keySet()) {
      splitFiles.put(name, readSplit(dataset, new Split(name), reading));
    }
    SortedMap<Annotators, ContentHash> annotations = new TreeMap<>();
    for (Annotators annotators : dataset.annotations().keySet()) {
      annotations.put(annotators, judgementImport.run(dataset, annotators, reading));
    }
    Snapshot.TextFiles text = new Snapshot.TextFiles(captionFile, splitFiles, annotations);
    commit.done(
        0,
        () -> {
          ports.reports().noteText(snapshot, reading.account());
          snapshots.textRead(snapshot, text);
        });
  }

  private ContentHash readCaptions(Dataset dataset, TextReading reading) {
    CaptionChunks chunks = new CaptionChunks(reading);
    ContentHash file = ports.files(dataset.format()).readCaptions(dataset, chunks);
    chunks.flush();
    return file;
  }

  private ContentHash readSplit(Dataset dataset, Split split, TextReading reading) {
    SplitChunks chunks = new SplitChunks(dataset, split, reading);
    ContentHash file = ports.files(dataset.format()).readSplit(dataset, split, chunks);
    chunks.flush();
    return file;
  }

  private final class CaptionChunks extends RowChunks implements DatasetFiles.CaptionSink {

    private final List<Caption> read = new ArrayList<>();
    private final Map<PhotoId, Told> told = new LinkedHashMap<>();
    private long next;

    CaptionChunks(TextReading reading) {
      super(ports, reading);
    }

    @Override
    public void rejected(RejectedInput row) {
      reading.countCaptionRow();
      super.rejected(row);
    }

    @Override
    public void caption(PhotoId photo, OptionalInt number, String text) {
      reading.countCaptionRow();
      read.add(new Caption(photo, next++, number, text));
      flushIfFull();
    }

    @Override
    public void split(PhotoId photo, Split split, String source, long line, String text) {
      Told now = new Told(split, source, new Row(line, text));
      Told first = told.putIfAbsent(photo, now);
      if (first != null && !first.split.equals(split)) {
        rejected.add(now.rejected(first.split));
      }
      flushIfFull();
    }

    @Override
    int gathered() {
      return read.size() + told.size();
    }

    @Override
    void write() {
      captions.add(snapshot, read);
      Map<PhotoId, Split> taken = snapshots.splits(snapshot, told.keySet());
      taken.forEach(this::keep);
      Map<Split, List<PhotoId>> added = new LinkedHashMap<>();
      told.forEach(
          (photo, row) -> added.computeIfAbsent(row.split, s -> new ArrayList<>()).add(photo));
      added.forEach((split, photos) -> snapshots.addToSplit(snapshot, split, photos));
    }

    private void keep(PhotoId photo, Split other) {
      Told row = told.remove(photo);
      if (!row.split.equals(other)) {
        rejected.add(row.rejected(other));
      }
    }

    @Override
    void clear() {
      read.clear();
      told.clear();
    }
  }

  /** A photo that is in a split already is rejected. */
  private final class SplitChunks extends RowChunks implements DatasetFiles.SplitSink {

    private final String source;
    private final Split split;
    private final Map<PhotoId, Row> read = new LinkedHashMap<>();

    SplitChunks(Dataset dataset, Split split, TextReading reading) {
      super(ports, reading);
      this.source = dataset.splits().get(split.name()).getFileName().toString();
      this.split = split;
    }

    @Override
    public void photo(PhotoId photo, long line, String text) {
      Row row = new Row(line, text);
      if (read.putIfAbsent(photo, row) != null) {
        reject(row, "the photo is in this list already");
      }
      flushIfFull();
    }

    @Override
    int gathered() {
      return read.size();
    }

    @Override
    void write() {
      Map<PhotoId, Split> taken = snapshots.splits(snapshot, read.keySet());
      taken.forEach((photo, other) -> reject(read.remove(photo), "the photo is in split " + other));
      snapshots.addToSplit(snapshot, split, read.keySet());
    }

    @Override
    void clear() {
      read.clear();
    }

    private void reject(Row row, String reason) {
      rejected.add(row.rejected(source, reason));
    }
  }

  /** What a caption's row says of its photo's split. */
  private record Told(Split split, String source, Row row) {

    RejectedInput rejected(Split other) {
      return row.rejected(source, "the photo is in split " + other);
    }
  }

  private record Row(long line, String text) {

    RejectedInput rejected(String source, String reason) {
      return new RejectedInput(
          RejectedInput.Kind.SPLIT, source, OptionalLong.of(line), text, reason);
    }
  }
}
