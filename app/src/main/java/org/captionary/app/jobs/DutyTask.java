package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Does duties: an execution for each, so that none runs twice at once. */
@Singleton
class DutyTask implements TaskSource {

  private static final Logger LOG = Logger.getLogger(DutyTask.class);
  private static final TaskDescriptor<Void> DUTY = TaskDescriptor.of("duty");
  private static final int ATTEMPTS = 5;

  private final List<Duty> duties;

  DutyTask(@All List<Duty> duties) {
    this.duties = duties;
  }

  @Override
  public List<Task<?>> tasks() {
    return List.of(
        Tasks.custom(DUTY)
            .onFailure(DutyTask::retryOrGiveUp)
            .onDeadExecutionRevive()
            .execute(
                (instance, context) -> {
                  run(instance.getId());
                  return (complete, operations) -> operations.remove();
                }));
  }

  static TaskInstance<Void> execution(String duty) {
    return DUTY.instance(duty).build();
  }

  private void run(String name) {
    duties.stream()
        .filter(duty -> duty.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            Duty::run, () -> LOG.warnf("Duty %s is of another version: passed over", name));
  }

  /** Whatever is wrong may have passed when the trigger fires next. */
  private static void retryOrGiveUp(
      ExecutionComplete complete, ExecutionOperations<Void> operations) {
    String duty = complete.getExecution().taskInstance.getId();
    int failures = complete.getExecution().consecutiveFailures + 1;
    Throwable cause = complete.getCause().orElseThrow();
    if (failures < ATTEMPTS) {
      LOG.warnf("Duty %s failed, attempt %d of %d: %s", duty, failures, ATTEMPTS, cause);
      operations.reschedule(
          complete, complete.getTimeDone().plus(Duration.ofSeconds(1L << failures)));
    } else {
      LOG.errorf(cause, "Duty %s failed, and is left until its next time", duty);
      operations.remove();
    }
  }
}
