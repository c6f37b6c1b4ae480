package org.captionary.app.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.captionary.app.jobs.NodeRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkersDoorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q/health/ready",
        "/q/metrics",
        "/api/admin/jobs",
        "/api/datasets",
        "/api/datasets/flickr8k/report",
        "/api/photos/features",
        "/api/token"
      })
  void whatOnlyAWorkerCanAnswerIsOpen(String path) {
    assertThat(WorkersDoor.isOpen(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/preparations",
        "/api/preparations/0/batches/0",
        "/clients/captionary.py",
        "/index.html"
      })
  void servingIsForOthers(String path) {
    assertThat(WorkersDoor.isOpen(path)).isFalse();
  }

  @Test
  void rolesSayWhoDoesWhat() {
    assertThat(new NodeRole("all")).matches(NodeRole::prepares).matches(NodeRole::serves);
    assertThat(new NodeRole("serve")).matches(role -> !role.prepares()).matches(NodeRole::serves);
    assertThat(new NodeRole(" work ")).matches(NodeRole::prepares).matches(role -> !role.serves());
    assertThatThrownBy(() -> new NodeRole("rest"))
        .hasMessage("captionary.role: rest is not allowed; allowed: all, serve, work");
  }
}
