package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.workload.WorkloadResult.Anomaly;

import java.util.ArrayList;
import java.util.List;

/** Jepsen's bank: transfers move money, so every read of all accounts has the same total. */
final class BankCheck {
    private BankCheck() {}

    static WorkloadResult check(History history, WorkloadOptions options) {
        List<Anomaly> anomalies = new ArrayList<>();
        boolean any = false;
        for (Operation operation : history.operations()) {
            if (operation.isOk()
                    && operation.function().equals("read")
                    && operation.output() instanceof Value.Mapping accounts) {
                any = true;
                judge(operation, accounts, options, anomalies);
            }
        }
        return any
                ? WorkloadResult.of(anomalies)
                : WorkloadResult.unknown("no read of the accounts was answered");
    }

    private static void judge(
            Operation read,
            Value.Mapping accounts,
            WorkloadOptions options,
            List<Anomaly> anomalies) {
        long total = 0;
        for (Value.Entry account : accounts.entries()) {
            if (!(account.value() instanceof Value.Int(long balance))) {
                String text = "account " + account.key() + " has no balance.";
                anomalies.add(new Anomaly("nil-balance", text, List.of(read)));
                return;
            }
            if (balance < 0 && !options.negativeBalances()) {
                String text = "account " + account.key() + " is overdrawn: " + balance + ".";
                anomalies.add(new Anomaly("negative-value", text, List.of(read)));
            }
            total += balance;
        }
        if (total != options.totalAmount()) {
            String text =
                    "the accounts hold " + total + " together, not " + options.totalAmount() + ".";
            anomalies.add(new Anomaly("wrong-total", text, List.of(read)));
        }
    }
}
