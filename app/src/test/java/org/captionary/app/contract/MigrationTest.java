package org.captionary.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.StoredType;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Preparations that an older version made are served by a newer one. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class MigrationTest {

  private static final String SCHEMA = "migrated";

  @Inject DataSource source;

  /**
   * Photos a (train) of 3 and 1 words, b (train) without a file, c (test) of no word, d (train) of
   * 2 words, as V1 numbered them.
   */
  @Test
  void numbersEncodedCaptionsAnew() throws SQLException {
    migrate("1");
    inSchema(
        sql -> {
          fill(sql);
        });
    migrate("2");
    inSchema(
        sql -> {
          assertThat(
                  rows(
                      sql,
                      "SELECT photo_id, captions, examples, encode(words, 'hex'), all_photo,"
                          + " all_photo_with_examples, all_caption, all_example, split_photo,"
                          + " split_photo_with_examples, split_caption, split_example FROM encoded_photo"
                          + " ORDER BY photo_id"))
              .containsExactly(
                  "a 2 2 010000000200000003000000000000000400000000000000 0 0 0 0 0 0 0 0",
                  "b 1 1 010000000100000000000000 - - - - - - - -",
                  "c 1 0 00000000 1 1 2 2 0 0 0 0",
                  "d 1 1 050000000600000000000000 2 1 3 2 1 1 2 2");
          assertThat(
                  rows(
                      sql,
                      "SELECT split, examples, first_rank, encode(captions, 'hex')"
                          + " FROM caption_run ORDER BY split, examples"))
              .containsExactly(
                  "all 0 0 0000000100000002",
                  "all 1 0 00000003",
                  "all 2 0 00000000",
                  "test 0 0 00000000",
                  "train 0 0 00000001",
                  "train 1 0 00000002",
                  "train 2 0 00000000");
          assertThat(
                  rows(
                      sql,
                      "SELECT figures #>> '{all,captionsByExamples}',"
                          + " figures #>> '{dev,captionsByExamples}', figures #>> '{all,photos}'"
                          + " FROM preparation"))
              .containsExactly("{\"0\": 2, \"1\": 1, \"2\": 1} {} 3");
        });
  }

  /** What was made before there were renderings was made as Keras does by default. */
  @Test
  void keepsPixelsAndFeaturesUnderKerasRendering() throws SQLException {
    migrate("2");
    inSchema(
        sql -> {
          sql.execute("INSERT INTO photo_pixels (content, rgb) VALUES ('A', 'a'), ('B', 'b')");
          sql.execute(
              "INSERT INTO extractor (extractor, weights, weights_sha256, precision)"
                  + " VALUES ('vgg16', 'untrained', '0', 'float32')");
          sql.execute("INSERT INTO photo_features VALUES (1, 'avg', 'A', 'f')");
        });
    migrate("3");
    inSchema(
        sql -> {
          sql.execute(
              "INSERT INTO photo_pixels (rendering, content, rgb) VALUES ('box', 'A', 'c')");
          sql.execute(
              "INSERT INTO photo_features (extractor_id, layer, rendering, content, data)"
                  + " VALUES (1, 'avg', 'box', 'A', 'g')");
          assertThat(
                  rows(
                      sql,
                      "SELECT rendering, encode(content, 'escape'), encode(rgb, 'escape')"
                          + " FROM photo_pixels ORDER BY rendering, content"))
              .containsExactly("box A c", Rendering.KERAS.id() + " A a", "nearest B b");
          assertThat(
                  rows(
                      sql,
                      "SELECT layer, rendering, encode(content, 'escape'), encode(data, 'escape')"
                          + " FROM photo_features ORDER BY rendering"))
              .containsExactly("avg box A g", "avg nearest A f");
        });
  }

  /** What was made before there were types was kept as it was extracted. */
  @Test
  void keepsFeaturesAsFloat32() throws SQLException {
    migrate("3");
    inSchema(
        sql -> {
          sql.execute(
              "INSERT INTO extractor (extractor, weights, weights_sha256, precision)"
                  + " VALUES ('vgg16', 'untrained', '0', 'float32')");
          sql.execute(
              "INSERT INTO photo_features (extractor_id, layer, rendering, content, data)"
                  + " VALUES (1, 'avg', 'nearest', 'A', 'f'), (1, 'avg', 'box', 'A', 'g')");
        });
    migrate("4");
    inSchema(
        sql -> {
          sql.execute(
              "INSERT INTO photo_features (extractor_id, layer, rendering, stored, content, data)"
                  + " VALUES (1, 'avg', 'box', 'float16', 'A', 'h')");
          assertThat(
                  rows(
                      sql,
                      "SELECT layer, rendering, stored, encode(content, 'escape'),"
                          + " encode(data, 'escape') FROM photo_features ORDER BY rendering, stored"))
              .containsExactly(
                  "avg box float16 A h",
                  "avg box " + StoredType.FLOAT32.id() + " A g",
                  "avg nearest float32 A f");
        });
  }

  /**
   * What failed jobs have left goes with the next purge; a job keeps its place by its preparation.
   */
  @Test
  void notesWhatNothingRefersToAndFreesJobsWithoutPreparation() throws SQLException {
    migrate("5");
    inSchema(
        sql -> {
          sql.execute(
              "INSERT INTO dataset (name, format, photos, captions, splits)"
                  + " VALUES ('d', 'flickr8k', 'p', 'c', '{}')");
          sql.execute(
              "INSERT INTO job (dataset_id, recipe, force, identity, state, preparation, created_at)"
                  + " VALUES (1, '{}', false, 'i', 'SUCCEEDED', 'p', now())");
          sql.execute("INSERT INTO preparation (job_id) VALUES (1)");
          sql.execute(
              "INSERT INTO encoded_photo (preparation_key, photo_id, content, words, captions,"
                  + " examples) VALUES (1, 'a', 'A', '', 0, 0), (1, 'b', NULL, '', 0, 0)");
          sql.execute("INSERT INTO snapshot (dataset_id, job_id, fingerprint) VALUES (1, 1, 'f')");
          sql.execute("INSERT INTO photo VALUES (1, 'a', 'a.jpg', 1, now(), 'A')");
          sql.execute(
              "INSERT INTO extractor (extractor, weights, weights_sha256, precision)"
                  + " VALUES ('vgg16', 'untrained', '0', 'float32')");
          sql.execute(
              "INSERT INTO photo_features (extractor_id, layer, content, data)"
                  + " VALUES (1, 'avg', 'A', 'f'), (1, 'avg', 'F', 'f')");
          sql.execute("INSERT INTO photo_pixels VALUES ('A', 'p'), ('P', 'p')");
        });
    migrate("6");
    inSchema(
        sql -> {
          String loose =
              "SELECT encode(content, 'escape'), waits_for FROM loose_content ORDER BY content, id";
          assertThat(rows(sql, loose)).containsExactly("F -", "P -");
          sql.execute("DELETE FROM loose_content");
          sql.execute("DELETE FROM preparation");
          sql.execute("DELETE FROM photo WHERE photo_id = 'a'");
          assertThat(rows(sql, loose)).containsExactly("A -", "A -");

          String again =
              "INSERT INTO job (dataset_id, recipe, force, identity, state, created_at)"
                  + " VALUES (1, '{}', false, 'i', 'QUEUED', now())";
          assertThatThrownBy(() -> sql.execute(again)).hasMessageContaining("job_identity");
          sql.execute("UPDATE job SET preparation = NULL");
          sql.execute(again);
        });
  }

  /** A job that is counting while the service is upgraded loses nothing. */
  @Test
  void packsTallies() throws SQLException {
    migrate("7");
    inSchema(
        sql -> {
          sql.execute("INSERT INTO preparation DEFAULT VALUES");
          sql.execute("INSERT INTO preparation DEFAULT VALUES");
          sql.execute(
              "INSERT INTO word_tally VALUES (1, 'a', 3, 2, 7, 4), (1, 'b', 1, 1, 8, 0),"
                  + " (2, 'a', 5, 5, 0, 0), (1, 'a', 6, 4, 1, 2)");
        });
    migrate("10");
    inSchema(
        sql ->
            assertThat(
                    rows(
                        sql,
                        "SELECT preparation_key, tally.* FROM word_tally AS part,"
                            + " unnest(words, counts, part.captions, first_captions, first_tokens)"
                            + " AS tally ORDER BY 1, 2, 3"))
                .containsExactly("1 a 3 2 7 4", "1 a 6 4 1 2", "1 b 1 1 8 0", "2 a 5 5 0 0"));
  }

  private interface Work {
    void on(Statement sql) throws SQLException;
  }

  private void inSchema(Work work) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("SET search_path TO " + SCHEMA);
      work.on(sql);
      sql.execute("SET search_path TO public");
    }
  }

  @AfterEach
  void dropSchema() throws SQLException {
    inSchema(sql -> sql.execute("DROP SCHEMA " + SCHEMA + " CASCADE"));
  }

  private void migrate(String version) {
    Flyway.configure().dataSource(source).schemas(SCHEMA).target(version).load().migrate();
  }

  private static void fill(Statement sql) throws SQLException {
    sql.execute(
        "INSERT INTO dataset (name, format, photos, captions, splits)"
            + " VALUES ('d', 'flickr8k', 'p', 'c', '{}')");
    sql.execute(
        "INSERT INTO job (dataset_id, recipe, force, identity, state, created_at)"
            + " VALUES (1, '{}', false, 'i', 'SUCCEEDED', now())");
    sql.execute(
        "INSERT INTO preparation (job_id, figures)"
            + " VALUES (1, '{\"all\": {\"photos\": 3}, \"dev\": {\"photos\": 0}}')");
    sql.execute(
        "INSERT INTO encoded_caption (preparation_key, photo_id, ordinal, split, content, words,"
            + " examples, all_example, all_photo, split_example, split_photo) VALUES"
            + " (1, 'a', 5, 'train', 'A', '\\x04000000', 0, 2, 0, 2, 0),"
            + " (1, 'a', 1, 'train', 'A', '\\x010000000200000003000000', 2, 0, 0, 0, 0),"
            + " (1, 'b', 2, 'train', NULL, '\\x0100000001000000', 1, NULL, NULL, NULL, NULL),"
            + " (1, 'c', 3, 'test', 'C', '', 0, 2, 1, 0, 0),"
            + " (1, 'd', 4, 'train', 'D', '\\x0500000006000000', 1, 2, 1, 2, 1)");
  }

  private static List<String> rows(Statement sql, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = sql.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          values.add(value == null ? "-" : value);
        }
        rows.add(String.join(" ", values));
      }
    }
    return rows;
  }
}
