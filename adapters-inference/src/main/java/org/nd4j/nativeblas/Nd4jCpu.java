package org.nd4j.nativeblas;

/**
 * A bridge for deeplearning4j 1.0.0-M2.1, whose layers look by this name, through reflection, for
 * the switch that tells whether oneDNN may be used. The class it means has moved to {@code
 * org.nd4j.linalg.cpu.nativecpu.bindings}; without this one every convolution falls back to a path
 * that is about eight times slower, and says nothing.
 */
public final class Nd4jCpu {

  private Nd4jCpu() {}

  /** Passes on to the environment of the native backend. */
  public static final class Environment {

    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    /** MKL-DNN is oneDNN's former name. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
