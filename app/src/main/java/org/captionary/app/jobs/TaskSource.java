package org.captionary.app.jobs;

import com.github.kagkarlsson.scheduler.task.Task;
import java.util.List;

/** What this node can run for the others and they for it. */
interface TaskSource {

  List<Task<?>> tasks();
}
