"""Kernels of results that range over an index of symbolic size: softmax and its like."""
