package org.captionary.inference.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against ND4J's own reshaping. */
class ZooOrderTest {

  private static final int CHANNELS = 4;
  private static final int HEIGHT = 3;
  private static final int WIDTH = 2;
  private static final int INPUTS = CHANNELS * HEIGHT * WIDTH;
  private static final int OUTPUTS = 5;

  private static INDArray counted(int length) {
    NativeEngine.ready(EngineSettings.defaults());
    return Nd4j.arange(length).castTo(DataType.FLOAT);
  }

  private static float[] inOrder(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  @Test
  void turnsConvolutions() {
    INDArray row = counted(OUTPUTS * CHANNELS * HEIGHT * WIDTH);
    assertThat(ZooOrder.convolution(row.toFloatVector(), HEIGHT, WIDTH, CHANNELS, OUTPUTS))
        .isEqualTo(inOrder(row.reshape('c', OUTPUTS, CHANNELS, HEIGHT, WIDTH).permute(2, 3, 1, 0)));
  }

  @Test
  void turnsDenseLayers() {
    INDArray row = counted(INPUTS * OUTPUTS);
    assertThat(ZooOrder.dense(row.toFloatVector(), ZooOrder.sameRows(INPUTS)))
        .isEqualTo(inOrder(row.reshape('f', INPUTS, OUTPUTS)));
  }

  /** What is flattened channel by channel goes to where Keras flattens it. */
  @Test
  void movesTheRowsOfADenseLayerBehindAFlattening() {
    INDArray row = counted(INPUTS * OUTPUTS);
    INDArray kernel = row.reshape('f', INPUTS, OUTPUTS).dup('c');
    assertThat(
            ZooOrder.dense(
                row.toFloatVector(), ZooOrder.rowsOfChannelsFirst(HEIGHT, WIDTH, CHANNELS)))
        .isEqualTo(
            inOrder(kernel.reshape('c', CHANNELS, HEIGHT, WIDTH, OUTPUTS).permute(1, 2, 0, 3)));
  }
}
