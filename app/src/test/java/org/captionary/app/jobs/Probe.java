package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A task whose executions say that they run, and run until they are let go. */
@Singleton
class Probe implements TaskSource {

  private final CustomTask<Void> task =
      Tasks.custom("probe", Void.class)
          .execute(
              (instance, context) -> {
                hold();
                return (complete, operations) -> operations.remove();
              });

  private final Semaphore running = new Semaphore(0);
  private volatile CountDownLatch held = new CountDownLatch(1);

  @Override
  public List<Task<?>> tasks() {
    return List.of(task);
  }

  TaskInstance<Void> execution(String id) {
    return task.instance(id);
  }

  /**
   * @param priority the higher the sooner
   */
  TaskInstance<Void> execution(String id, int priority) {
    return task.instanceBuilder(id).priority(priority).build();
  }

  private void hold() {
    CountDownLatch mine = held;
    running.release();
    try {
      mine.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void awaitRunning(int executions) throws InterruptedException {
    running.acquire(executions);
  }

  /** Lets go all that run; the next ones run until the next call. */
  void letGo() {
    CountDownLatch mine = held;
    held = new CountDownLatch(1);
    mine.countDown();
  }
}
