package org.captionary.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoRepositoryContract;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.Repositories;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PostgresPhotoRepositoryTest extends PhotoRepositoryContract {

  @Inject InjectedRepositories repositories;
  @Inject Contention contention;

  @Override
  protected Repositories repositories() {
    return repositories;
  }

  /** A content with pixels that nothing refers to any more, and a purge would take. */
  private ContentHash loose() {
    cleanUp();
    SnapshotId snapshot = newSnapshot(newJob());
    ContentHash content = newPhoto(snapshot, "a");
    write(() -> repositories.snapshots().discard(snapshot));
    while (written(() -> repositories.snapshots().sweep(100)) > 0) {
      // the next part
    }
    return content;
  }

  private boolean hasPixels(ContentHash content) {
    return !repositories.photos().withPixels(Rendering.KERAS, List.of(content)).isEmpty();
  }

  @Test
  void aPurgeWaitsForWhoeverHolds() {
    ContentHash content = loose();
    SnapshotId snapshot = newSnapshot(newJob());

    contention.run(
        () -> {
          repositories.photos().hold();
          assertThat(hasPixels(content)).isTrue();
        },
        () -> repositories.photos().purge(10),
        // Found, so the file is not read again.
        () -> repositories.snapshots().addPhotos(snapshot, List.of(photo("b", content))));

    assertThat(hasPixels(content)).isTrue();
  }

  @Test
  void whoeverHoldsWaitsForAPurge() {
    ContentHash content = loose();
    boolean[] found = {true};

    contention.run(
        () -> assertThat(repositories.photos().purge(10)).isEqualTo(1),
        () -> {
          repositories.photos().hold();
          found[0] = hasPixels(content);
        },
        () -> {});

    assertThat(found[0]).isFalse();
  }

  @Test
  void pixelsThatArePurgedMeanwhileAreAdded() {
    ContentHash content = loose();
    SnapshotId snapshot = newSnapshot(newJob());
    Map<ContentHash, Pixels> pixels = Map.of(content, pixels(content));

    contention.run(
        () -> repositories.photos().purge(10),
        () -> {
          repositories.photos().addPixels(Rendering.KERAS, pixels);
          repositories.snapshots().addPhotos(snapshot, List.of(photo("b", content)));
        },
        () -> {});

    assertThat(repositories.photos().pixels(Rendering.KERAS, List.of(content))).isEqualTo(pixels);
  }

  @Test
  void severalHoldAtOnce() {
    write(
        () -> {
          repositories.photos().hold();
          CompletableFuture.runAsync(() -> write(() -> repositories.photos().hold())).join();
        });
  }
}
