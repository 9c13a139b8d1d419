package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.value.Value;

import java.math.BigInteger;

/** Jepsen's bank: transfers move money, so every read of all accounts has the same total. */
final class BankCheck {
    private BankCheck() {}

    static WorkloadResult check(History history, WorkloadOptions options, Anomalies anomalies) {
        boolean any = false;
        for (Operation operation : history.operations()) {
            anomalies.purse().step();
            if (operation.isOk() && operation.function().equals("read")) {
                if (!(operation.output() instanceof Value.Mapping accounts)) {
                    throw new UnsupportedOperation(
                            "bank", operation, "reads that answer a map of accounts");
                }
                any = true;
                judge(operation, accounts, options, anomalies);
            }
        }
        return any
                ? anomalies.result()
                : WorkloadResult.unknown("no read of the accounts was answered");
    }

    private static void judge(
            Operation read, Value.Mapping accounts, WorkloadOptions options, Anomalies anomalies) {
        // Exact: a total that wraps around would look right.
        BigInteger total = BigInteger.ZERO;
        for (Value.Entry account : accounts.entries()) {
            anomalies.purse().step();
            if (!(account.value() instanceof Value.Int(long balance))) {
                anomalies.add("nil-balance", "account " + account.key() + " has no balance.", read);
                return;
            }
            if (balance < 0 && !options.negativeBalances()) {
                String text = "account " + account.key() + " is overdrawn: " + balance + ".";
                anomalies.add("negative-value", text, read);
            }
            total = total.add(BigInteger.valueOf(balance));
        }
        if (!total.equals(BigInteger.valueOf(options.totalAmount()))) {
            String text =
                    "the accounts hold " + total + " together, not " + options.totalAmount() + ".";
            anomalies.add("wrong-total", text, read);
        }
    }
}
