package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.StoredType;

/**
 * Pixels and features by content and rendering, features also by type, written a chunk a statement:
 * what is kept already stays.
 */
@ApplicationScoped
@Transactional
class PostgresPhotoRepository implements PhotoRepository {

  private final Sql sql;
  private final ExtractorTable extractors;
  private final LooseContents loose;

  PostgresPhotoRepository(Sql sql, ExtractorTable extractors, LooseContents loose) {
    this.sql = sql;
    this.extractors = extractors;
    this.loose = loose;
  }

  @Override
  public void hold() {
    loose.hold();
  }

  @Override
  public int purge(int contents) {
    return loose.purge(contents);
  }

  @Override
  public Set<ContentHash> withPixels(Rendering rendering, Collection<ContentHash> contents) {
    return new HashSet<>(
        sql.list(
            "SELECT content FROM photo_pixels WHERE rendering = ? AND content = ANY (?)",
            row -> ContentHash.ofDigest(row.getBytes(1)),
            rendering.id(),
            Columns.contents(contents)));
  }

  @Override
  public void addPixels(Rendering rendering, Map<ContentHash, Pixels> pixels) {
    loose.hold();
    Map<ContentHash, Pixels> missing = new HashMap<>(pixels);
    missing.keySet().removeAll(withPixels(rendering, pixels.keySet()));
    if (missing.isEmpty()) {
      return;
    }
    List<ContentHash> contents = sorted(missing.keySet());
    sql.update(
        "INSERT INTO photo_pixels (rendering, content, rgb)"
            + " SELECT ?, * FROM unnest(?::bytea[], ?::bytea[]) ON CONFLICT DO NOTHING",
        rendering.id(),
        Columns.contents(contents),
        contents.stream().map(content -> missing.get(content).rgb()).toArray(byte[][]::new));
  }

  /** One order for all writers, so that two of them cannot wait for each other. */
  private static List<ContentHash> sorted(Set<ContentHash> contents) {
    return contents.stream().sorted(Comparator.comparing(ContentHash::hex)).toList();
  }

  @Override
  public Map<ContentHash, Pixels> pixels(Rendering rendering, Collection<ContentHash> contents) {
    Map<ContentHash, Pixels> found = new HashMap<>();
    sql.forEachLarge(
        "SELECT content, rgb FROM photo_pixels WHERE rendering = ? AND content = ANY (?)",
        row -> Map.entry(ContentHash.ofDigest(row.getBytes(1)), new Pixels(row.getBytes(2))),
        entry -> found.put(entry.getKey(), entry.getValue()),
        rendering.id(),
        Columns.contents(contents));
    return found;
  }

  @Override
  public Set<ContentHash> withFeatures(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      Set<FeatureLayer> layers,
      Collection<ContentHash> contents) {
    Optional<Integer> id = extractors.find(extractor);
    if (id.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        sql.list(
            "SELECT content FROM photo_features WHERE extractor_id = ? AND layer = ANY (?)"
                + " AND rendering = ? AND stored = ? AND content = ANY (?)"
                + " GROUP BY content HAVING count(*) = ?",
            row -> ContentHash.ofDigest(row.getBytes(1)),
            id.get(),
            layers.stream().map(FeatureLayer::id).toArray(String[]::new),
            rendering.id(),
            stored.id(),
            Columns.contents(contents),
            layers.size()));
  }

  @Override
  public void addFeatures(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      Map<ContentHash, PhotoFeatures> features) {
    if (features.isEmpty()) {
      return;
    }
    int id = extractors.findOrAdd(extractor);
    features.values().stream()
        .flatMap(photo -> photo.layers().stream())
        .distinct()
        .forEach(layer -> addLayer(id, rendering, stored, layer, features));
  }

  private void addLayer(
      int extractor,
      Rendering rendering,
      StoredType stored,
      FeatureLayer layer,
      Map<ContentHash, PhotoFeatures> features) {
    List<ContentHash> contents =
        sorted(features.keySet()).stream()
            .filter(content -> features.get(content).layers().contains(layer))
            .toList();
    sql.update(
        "INSERT INTO photo_features (extractor_id, layer, rendering, stored, content, data)"
            + " SELECT ?, ?, ?, ?, * FROM unnest(?::bytea[], ?::bytea[]) ON CONFLICT DO NOTHING",
        extractor,
        layer.id(),
        rendering.id(),
        stored.id(),
        Columns.contents(contents),
        contents.stream()
            .map(content -> features.get(content).bytesOf(layer, stored))
            .toArray(byte[][]::new));
  }

  @Override
  public Map<ContentHash, byte[]> features(
      ExtractorIdentity extractor,
      Rendering rendering,
      StoredType stored,
      FeatureLayer layer,
      Collection<ContentHash> contents) {
    Map<ContentHash, byte[]> found = new HashMap<>();
    extractors
        .find(extractor)
        .ifPresent(
            id ->
                sql.forEachLarge(
                    "SELECT content, data FROM photo_features"
                        + " WHERE extractor_id = ? AND layer = ? AND rendering = ?"
                        + " AND stored = ? AND content = ANY (?)",
                    row -> Map.entry(ContentHash.ofDigest(row.getBytes(1)), row.getBytes(2)),
                    entry -> found.put(entry.getKey(), stored.toFloat32(entry.getValue())),
                    id,
                    layer.id(),
                    rendering.id(),
                    stored.id(),
                    Columns.contents(contents)));
    return found;
  }
}
