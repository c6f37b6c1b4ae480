package org.captionary.inference.network;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Readies ND4J for fast convolutions, before its native libraries load, and checks that it is. */
final class NativeEngine {

  private static final Logger LOG = System.getLogger(NativeEngine.class.getName());

  /** The processors for which ND4J is published with oneDNN. */
  private static final Set<String> ONEDNN_PROCESSORS = Set.of("amd64", "x86_64");

  private NativeEngine() {}

  /** To be called on each thread that computes: OpenMP keeps its number of threads by thread. */
  static void ready(EngineSettings settings) {
    // DL4J leaves oneDNN aside unless told so.
    System.setProperty("org.eclipse.deeplearning4j.helpers.disable", "false");
    NativeLibraries.configure(settings);
    // The context class loader of whichever thread comes first need not know ND4J.
    ND4JClassLoading.setNd4jClassloaderFromClass(NativeEngine.class);
    DL4JClassLoading.setDl4jClassloaderFromClass(NativeEngine.class);
    Nd4j.getExecutioner(); // finds the backend, which the holder of native operations asks for
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(settings.threads());
  }

  /**
   * Checks that no convolution or pooling falls back to the slow path of a CPU. On a GPU there is
   * no oneDNN.
   *
   * @throws IllegalStateException if one does on a processor for which oneDNN is there
   */
  static void requireOneDnn(ComputationGraph graph) {
    if (Nd4j.getExecutioner().type() != OpExecutioner.ExecutionerType.NATIVE_CPU) {
      return;
    }
    // The layers' helpers trust a switch that is on even in a library without oneDNN.
    if (!NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN")) {
      reportSlow("the native library was built without oneDNN");
    }
    layerWithoutOneDnn(graph)
        .ifPresent(name -> reportSlow("layer " + name + " runs without oneDNN"));
  }

  /** The first of them, by name. Dense layers do not count: they multiply by BLAS. */
  static Optional<String> layerWithoutOneDnn(ComputationGraph graph) {
    return Arrays.stream(graph.getLayers())
        .filter(layer -> layer.type() != Layer.Type.FEED_FORWARD && layer.getHelper() == null)
        .map(layer -> layer.conf().getLayer().getLayerName())
        .findFirst();
  }

  private static void reportSlow(String what) {
    if (ONEDNN_PROCESSORS.contains(System.getProperty("os.arch"))) {
      throw new IllegalStateException(
          what + ": nd4j-native with -onednn in its name must be the one on the class path");
    }
    LOG.log(Level.WARNING, "{0}: this processor has no oneDNN build, features come slowly", what);
  }
}
