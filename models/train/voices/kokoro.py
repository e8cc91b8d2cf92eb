"""Kokoro-82M speaking batches of sentences, with the time of every phoneme."""

from pathlib import Path

import numpy as np
import torch

from .kokoro_weights import kokoro_submodule, load_parts
from .spoken import SAMPLE_RATE, Spoken

UNIT_SAMPLES = 600  # one duration unit: 25 ms


class Kokoro:
    """Sentences of one batch are padded to the longest: normalisation leaves the padding out of its means."""

    def __init__(self, weights: Path, device: str):
        self.device = device
        self.parts = load_parts(weights).to(device)
        self.units: torch.Tensor | None = None  # length of each row of the batch at hand
        self.longest, self.masks = 0, {}
        istftnet = kokoro_submodule("istftnet")
        torch.backends.cudnn.allow_tf32 = True
        for name, module in self.parts.named_modules():
            if isinstance(module, istftnet.AdaIN1d):
                # In the generator padding leaks less than 10 ms, into the silence after the sentence.
                module.forward = _MaskedAdaIN(self, module.fc, ".generator." not in name)

    @torch.inference_mode()
    def speak(self, tokens: list[list[int]], styles: np.ndarray, speeds: np.ndarray) -> list[Spoken]:
        device, parts = self.device, self.parts
        lengths = torch.tensor([len(t) for t in tokens])
        padded = torch.zeros(len(tokens), int(lengths.max()), dtype=torch.long)
        for row, sentence in enumerate(tokens):
            padded[row, : len(sentence)] = torch.tensor(sentence)
        padded = padded.to(device)
        style = torch.tensor(styles, dtype=torch.float32, device=device)
        absent = (torch.arange(padded.shape[1])[None, :] >= lengths[:, None]).to(device)
        prosody = style[:, 128:]
        heard = parts.bert(padded, attention_mask=(~absent).int()).last_hidden_state
        encoded = parts.bert_encoder(heard).transpose(-1, -2)
        hidden = parts.predictor.text_encoder(encoded, prosody, lengths, absent)
        duration = torch.sigmoid(
            parts.predictor.duration_proj(self.packed(parts.predictor.lstm, hidden, lengths))
        )
        duration = duration.sum(-1) / torch.tensor(speeds, dtype=torch.float32, device=device)[:, None]
        units = torch.round(duration).clamp(min=1).long().masked_fill(absent, 0)
        ends = units.cumsum(1)
        total = ends[:, -1]
        frame = torch.arange(int(total.max()), device=device)
        alignment = ((frame >= (ends - units)[:, :, None]) & (frame < ends[:, :, None])).float()
        self.units, self.longest, self.masks = total, int(total.max()), {}
        stretched = hidden.transpose(-1, -2) @ alignment
        pitch, loudness = self.pitch_and_loudness(stretched, prosody, total.cpu())
        text = parts.text_encoder(padded, lengths, absent) @ alignment
        audio = parts.decoder(text, pitch, loudness, style[:, :128]).reshape(len(tokens), -1)
        audio, ends, total = audio.cpu().numpy(), ends.cpu().numpy(), total.cpu().numpy()
        return [
            Spoken(audio[i, : total[i] * UNIT_SAMPLES], ends[i, : lengths[i]] * (UNIT_SAMPLES / SAMPLE_RATE))
            for i in range(len(tokens))
        ]

    def packed(self, lstm, x, lengths):
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return torch.nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]

    def pitch_and_loudness(self, x, prosody, total):
        predictor = self.parts.predictor
        shared = self.packed(predictor.shared, x.transpose(-1, -2), total).transpose(-1, -2)
        pitch, loudness = shared, shared
        for block in predictor.F0:
            pitch = block(pitch, prosody)
        for block in predictor.N:
            loudness = block(loudness, prosody)
        present = self.present(pitch.shape[-1])
        return predictor.F0_proj(pitch).squeeze(1) * present, predictor.N_proj(loudness).squeeze(1) * present

    def present(self, width: int) -> torch.Tensor:
        """1 where a row of this width has speech, 0 in its padding."""
        if width not in self.masks:
            ends = self.units * (width // self.longest)
            self.masks[width] = (torch.arange(width, device=self.device)[None, :] < ends[:, None]).float()
        return self.masks[width]


class _MaskedAdaIN:
    """Adaptive instance normalisation whose mean and variance see only each row's own length."""

    def __init__(self, kokoro: Kokoro, fc, keeps_padding_silent: bool):
        self.kokoro, self.fc, self.keeps_padding_silent = kokoro, fc, keeps_padding_silent

    def __call__(self, x, style):
        present = self.kokoro.present(x.shape[-1])[:, :, None]
        gamma, beta = self.fc(style)[:, :, None].chunk(2, dim=1)
        count = present.sum(1, keepdim=True)
        mean = torch.bmm(x, present) / count
        variance = (torch.bmm(x.square(), present) / count - mean.square()).clamp(min=0)
        scale = (1 + gamma) * torch.rsqrt(variance + 1e-5)
        normal = torch.addcmul(beta - mean * scale, x, scale)
        return normal * present.transpose(1, 2) if self.keeps_padding_silent else normal
