"""The audit of functions of rows: softmax, log-sum-exp and their like, of a symbolic size."""
