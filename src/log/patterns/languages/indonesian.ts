import type { EventPattern } from '../../pattern.ts'
import { wording } from '../../wording.ts'
import { ADDRESS, ON_PORT } from '../tables/place-beside.ts'

/** What servers and clients say of their sockets in Indonesian and Malay. */
export const indonesian: readonly EventPattern[] = [
  {
    id: 'accept-failed-indonesian',
    kind: 'accept-failed',
    keywords: ['menerima koneksi', 'menerima sambungan'],
    pattern: /\b(?:gagal|tidak bisa|tidak dapat|berhenti)[ \t]+menerima[ \t]+(?:koneksi|sambungan)\b/i,
    samples: [
      { message: 'Gagal menerima koneksi: 24', facts: {} },
      { message: 'berhenti menerima koneksi baru', facts: {} },
      { message: 'menerima koneksi dari 10.1.2.3:50022', facts: null },
    ],
  },
  {
    id: 'closed-indonesian',
    kind: 'close',
    keywords: ['terputus', 'ditutup', 'memutus'],
    pattern: wording`
      \b(?:koneksi|sambungan|klien|client)\b.{0,60}\b(?:terputus|ditutup)\b|\bmemutuskan (?:koneksi|sambungan)\b
    `,
    samples: [
      { message: 'Klien 10.1.2.3:50022 terputus', facts: { peerPort: 50_022 } },
      { message: 'Koneksi ditutup: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'berkas ditutup', facts: null },
    ],
  },
  {
    id: 'listening-indonesian',
    kind: 'listening',
    keywords: ['mendengarkan', 'berjalan', 'menunggu koneksi'],
    pattern: new RegExp(
      String.raw`(?<!\b(?:tidak|berhenti)[ \t])\b(?:mendengarkan|menunggu[ \t]+koneksi|server\b.{0,20}\bberjalan)[ \t]+(?:di|pada)\b${ON_PORT}`,
      'i',
    ),
    samples: [
      { message: 'Server mendengarkan di port 9000', facts: { port: 9000 } },
      { message: 'Server berjalan pada port 9000', facts: { port: 9000 } },
      { message: 'menunggu koneksi pada antrean', facts: null },
    ],
  },
  {
    id: 'accept-indonesian',
    kind: 'accept',
    keywords: ['koneksi', 'sambungan', 'terhubung'],
    pattern: wording`
      \b(?:koneksi|sambungan) (?:baru|masuk)\b(?! (?:ke|dengan)\b)(?=${ADDRESS})
      |(?<!\b(?:gagal|bisa|dapat|berhenti|menunggu|siap)[ \t])\bmenerima (?:koneksi|sambungan) (?:baru )?dari\b
      |\b(?:klien|client)\b(?=${ADDRESS}).{0,60}(?<!\b(?:tidak|belum)[ \t])\bterhubung\b(?! (?:ke|dengan)\b)
    `,
    samples: [
      { message: 'Koneksi baru dari 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Menerima koneksi dari 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Klien terhubung: 10.1.2.3:50022', facts: { peerPort: 50_022 } },
      { message: 'Klien terhubung ke 10.1.2.9:9000', facts: null },
      { message: 'koneksi baru ke 10.1.2.9:5432', facts: null },
    ],
  },
]
