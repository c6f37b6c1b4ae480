package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeEngineTest {

  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  @AfterEach
  void enableHelpers() {
    System.setProperty(HELPERS_DISABLED, "false");
  }

  @Test
  void noticesThatOneDnnIsLeftAside() {
    NativeEngine.ready(EngineSettings.defaults());
    System.setProperty(HELPERS_DISABLED, "true");
    ComputationGraph slow = new ComputationGraph(ZooGraphs.convolutions(Architecture.VGG16));
    slow.init();
    assertThat(NativeEngine.layerWithoutOneDnn(slow)).contains("0");
    if (System.getProperty("os.arch").equals("amd64")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> NativeEngine.requireOneDnn(slow))
          .withMessageContaining("layer 0 runs without oneDNN");
    } else {
      assertThatCode(() -> NativeEngine.requireOneDnn(slow)).doesNotThrowAnyException();
    }
  }

  /** Whatever context class loader the first caller has. */
  @Test
  void enablesHelpersBeforeTheGraphIsMade() {
    System.setProperty(HELPERS_DISABLED, "true");
    NativeEngine.ready(EngineSettings.defaults());
    assertThat(System.getProperty(HELPERS_DISABLED)).isEqualTo("false");
  }
}
