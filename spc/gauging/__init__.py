"""What a gauge study is made of: kinds, the order of its measurements, its analysis, its pictures. Pure."""
