package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.preparation.Recipe;
import org.captionary.domain.preparation.RecipeFields;

/**
 * Contents that something ceased to refer to, as triggers note them, and what becomes of their
 * pixels and features. Each look-up is a descent of an index for each content, whatever the
 * statistics say: {@code OFFSET 0} keeps the planner from making joins of them.
 */
@ApplicationScoped
@Transactional
class LooseContents {

  /** An advisory lock's two numbers; the locks of one number are another kind. */
  private static final String LOCK = "(SELECT pg_advisory_xact_lock%s(1128353136, 1)) AS lock";

  private final Sql sql;

  LooseContents(Sql sql) {
    this.sql = sql;
  }

  /** What a published preparation refers to. */
  private record Reference(long preparation, int extractor, Recipe recipe, FeatureLayer layer) {}

  void hold() {
    sql.number("SELECT 1 FROM " + LOCK.formatted("_shared"));
  }

  int purge(int most) {
    sql.number("SELECT 1 FROM " + LOCK.formatted(""));
    bringBack();
    byte[][] contents = take(most);
    if (contents.length > 0) {
      purgePixels(contents);
      // Before the published ones are asked for: what is published in between is among these.
      purgeFeatures(contents, putBack(contents));
    }
    return contents.length;
  }

  /** Those that waited for a preparation which is no longer in the making. */
  private void bringBack() {
    sql.update(
        "UPDATE loose_content SET waits_for = NULL WHERE waits_for IN (SELECT key FROM preparation"
            + " WHERE published_at IS NOT NULL OR job_id IS NULL)");
  }

  private byte[][] take(int most) {
    return sql.list(
            "DELETE FROM loose_content WHERE id = ANY (ARRAY(SELECT id FROM loose_content"
                + " WHERE waits_for IS NULL ORDER BY id LIMIT ?)) RETURNING content",
            row -> row.getBytes(1),
            most)
        .toArray(byte[][]::new);
  }

  private void purgePixels(byte[][] contents) {
    sql.update(
        "DELETE FROM photo_pixels AS p WHERE content = ANY (?) AND NOT EXISTS"
            + " (SELECT FROM photo WHERE photo.content = p.content OFFSET 0)",
        (Object) contents);
  }

  /** Those that a preparation in the making refers to: which features it needs is not known yet. */
  private byte[][] putBack(byte[][] contents) {
    return sql.list(
            "INSERT INTO loose_content (content, waits_for) SELECT loose.content, making.key"
                + " FROM unnest(?::bytea[]) AS loose (content) CROSS JOIN LATERAL"
                + " (SELECT p.key FROM preparation AS p"
                + " WHERE p.published_at IS NULL AND p.job_id IS NOT NULL AND EXISTS"
                + " (SELECT FROM encoded_photo AS e WHERE e.preparation_key = p.key"
                + " AND e.content = loose.content OFFSET 0) LIMIT 1) AS making RETURNING content",
            row -> row.getBytes(1),
            (Object) contents)
        .toArray(byte[][]::new);
  }

  private void purgeFeatures(byte[][] contents, byte[][] needed) {
    List<Reference> references = references();
    sql.update(
        "DELETE FROM photo_features AS f WHERE content = ANY (?) AND content <> ALL (?)"
            + " AND NOT EXISTS (SELECT FROM"
            + " unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[])"
            + " AS r (preparation_key, extractor_id, layer, rendering, stored)"
            + " WHERE r.extractor_id = f.extractor_id AND r.layer = f.layer"
            + " AND r.rendering = f.rendering AND r.stored = f.stored AND EXISTS"
            + " (SELECT FROM encoded_photo AS e WHERE e.preparation_key = r.preparation_key"
            + " AND e.content = f.content OFFSET 0))",
        contents,
        needed,
        references.stream().map(Reference::preparation).toArray(Long[]::new),
        references.stream().map(Reference::extractor).toArray(Integer[]::new),
        references.stream().map(r -> r.layer().id()).toArray(String[]::new),
        references.stream().map(r -> r.recipe().rendering().id()).toArray(String[]::new),
        references.stream().map(r -> r.recipe().stored().id()).toArray(String[]::new));
  }

  private List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    sql.forEach(
        "SELECT key, extractor_id, recipe FROM preparation"
            + " WHERE published_at IS NOT NULL AND extractor_id IS NOT NULL",
        row -> {
          long preparation = row.getLong(1);
          int extractor = row.getInt(2);
          Recipe recipe = RecipeFields.read(Json.fields(row.getString(3)));
          return recipe.layers().stream()
              .map(layer -> new Reference(preparation, extractor, recipe, layer))
              .toList();
        },
        references::addAll);
    return references;
  }
}
