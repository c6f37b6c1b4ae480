package org.captionary.persistence.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.Dataset;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "dataset")
class DatasetEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  String name;
  String format;
  String photos;
  String captions;

  @ColumnTransformer(write = "?::jsonb")
  String splits;

  @ColumnTransformer(write = "?::jsonb")
  String annotations;

  static DatasetEntity of(Dataset dataset) {
    DatasetEntity entity = new DatasetEntity();
    entity.name = dataset.name();
    entity.format = dataset.format();
    entity.photos = dataset.photos().toString();
    entity.captions = dataset.captions().map(Path::toString).orElse(null);
    Map<String, String> files = new TreeMap<>();
    dataset.splits().forEach((split, file) -> files.put(split, file.toString()));
    entity.splits = Json.write(files);
    Map<String, String> annotations = new TreeMap<>();
    dataset.annotations().forEach((of, file) -> annotations.put(of.id(), file.toString()));
    entity.annotations = Json.write(annotations);
    return entity;
  }

  Dataset toDomain() {
    Map<String, Path> files = new TreeMap<>();
    Json.texts(splits).forEach((split, file) -> files.put(split, Path.of(file)));
    TreeMap<Annotators, Path> judgements = new TreeMap<>();
    Json.texts(annotations)
        .forEach((of, file) -> judgements.put(Annotators.byId(of).orElseThrow(), Path.of(file)));
    return new Dataset(
        name,
        format,
        Path.of(photos),
        Optional.ofNullable(captions).map(Path::of),
        new TreeMap<>(files),
        judgements);
  }
}
