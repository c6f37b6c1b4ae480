package org.captionary.persistence.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Snapshot;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "snapshot")
class SnapshotEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @ManyToOne(fetch = FetchType.EAGER)
  @JoinColumn(name = "dataset_id")
  DatasetEntity dataset;

  @Column(name = "job_id")
  Long jobId;

  String fingerprint;

  @Column(name = "captions_sha256")
  String captionsSha256;

  @Column(name = "splits_sha256")
  @ColumnTransformer(write = "?::jsonb")
  String splitsSha256;

  @Column(name = "annotations_sha256")
  @ColumnTransformer(write = "?::jsonb")
  String annotationsSha256;

  String content;

  void setText(Snapshot.TextFiles files) {
    Map<String, String> splits = new TreeMap<>();
    files.splits().forEach((split, file) -> splits.put(split, file.hex()));
    captionsSha256 = files.captions().hex();
    splitsSha256 = Json.write(splits);
    Map<String, String> annotations = new TreeMap<>();
    files.annotations().forEach((of, file) -> annotations.put(of.id(), file.hex()));
    annotationsSha256 = Json.write(annotations);
  }

  Snapshot toDomain() {
    return new Snapshot(
        new SnapshotId(id),
        dataset.name,
        new ContentHash(fingerprint),
        text(),
        Optional.ofNullable(content).map(ContentHash::new));
  }

  private Optional<Snapshot.TextFiles> text() {
    if (captionsSha256 == null) {
      return Optional.empty();
    }
    TreeMap<String, ContentHash> splits = new TreeMap<>();
    Json.texts(splitsSha256).forEach((split, file) -> splits.put(split, new ContentHash(file)));
    TreeMap<Annotators, ContentHash> annotations = new TreeMap<>();
    if (annotationsSha256 != null) {
      Json.texts(annotationsSha256)
          .forEach(
              (of, file) ->
                  annotations.put(Annotators.byId(of).orElseThrow(), new ContentHash(file)));
    }
    return Optional.of(
        new Snapshot.TextFiles(new ContentHash(captionsSha256), splits, annotations));
  }
}
